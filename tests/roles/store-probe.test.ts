import { expect, it } from 'vitest'
import { StoreProbe, whatWaits } from '../../roles/store-probe.ts'
import { MemoryStore } from '../../store/memory.ts'
import { StoreUnavailable } from '../../store/store.ts'

it('answers what the store holds', async () => {
  const store = new MemoryStore()
  await store.touch([{ meter: 'a', from: 0, to: 7_200_000 }])
  expect(await new StoreProbe(store, () => whatWaits(store, () => 3)).look()).toEqual({
    waiting: { windows: 1, hours: 2, quarantine: 0, unstored: 3 },
    trouble: null,
  })
})

it('says what the store says where it refuses', async () => {
  const refusing = async () => {
    throw new StoreUnavailable('held', '403: not yours')
  }
  const trouble = { state: 'held', error: '403: not yours' }
  expect(await new StoreProbe(new MemoryStore(), refusing).look()).toEqual({ waiting: null, trouble })
})

it('asks a store that hangs only once, and answers without it', async () => {
  const questions: (() => void)[] = []
  const hanging = () => new Promise<null>((resolve) => questions.push(() => resolve(null)))
  const probe = new StoreProbe(new MemoryStore(), hanging)
  const looks = await Promise.all([probe.look(), probe.look()])
  looks.push(await probe.look())
  for (const { trouble } of looks) {
    expect(trouble).toEqual({
      state: 'busy',
      error: expect.stringMatching(/^memory has not answered for \d\.\d s$/),
    })
  }
  expect(questions.length).toBe(1)
  questions[0]?.()
  // It has answered: the next look is a new question.
  await new Promise((resolve) => setImmediate(resolve))
  const next = probe.look()
  expect(questions.length).toBe(2)
  questions[1]?.()
  expect((await next).trouble).toBeNull()
})
