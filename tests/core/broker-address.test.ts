import { expect, it } from 'vitest'
import { brokerAddress, withCredentials } from '../../core/broker-address.ts'

it('a broker’s credentials come out whole, and its address is fit for a log', () => {
  expect(brokerAddress('mqtt://plant%40north:a%2Fb%3Ac%40d@broker.example:1883')).toEqual({
    address: 'mqtt://broker.example:1883',
    credentials: { username: 'plant@north', password: 'a/b:c@d' },
  })
  expect(brokerAddress('mqtts://[::1]:8883')).toEqual({ address: 'mqtts://[::1]:8883', credentials: {} })
})

it.each(['a/b:c@d', '100%', '水 表'])(
  'credentials come out of an address as they went in: %s',
  (password) => {
    const url = withCredentials('mqtt://127.0.0.1:1883', { username: 'plant@north', password })
    expect(brokerAddress(url).credentials).toEqual({ username: 'plant@north', password })
  },
)

it('an address without a user stays as it is', () => {
  const address = 'mqtt://127.0.0.1:1883'
  expect(withCredentials(address, { username: '', password: 'unused' })).toBe(address)
})
