import { expect, it } from 'vitest'
import { brokerAddress } from '../../core/broker-address.ts'

it('a broker’s credentials come out whole, and its address is fit for a log', () => {
  expect(brokerAddress('mqtt://plant%40north:a%2Fb%3Ac%40d@broker.example:1883')).toEqual({
    address: 'mqtt://broker.example:1883',
    credentials: { username: 'plant@north', password: 'a/b:c@d' },
  })
  expect(brokerAddress('mqtts://[::1]:8883')).toEqual({ address: 'mqtts://[::1]:8883', credentials: {} })
})
