/** What can be no address of a host is refused before anything is dialled. */
import { expect, test } from 'vitest'
import { addressTyped, defaultPort } from '../../src-main/tills/rules.ts'

test.each([
  '192.168.300',
  '192.168.1.300',
  '1.2.3.4.5',
  '0.0.0.0',
  '12345',
  '192.168..1',
  'pc-.hall',
  '-pc',
  '主机',
  '',
])('%s is no address', (text) => expect(addressTyped(text)).toBeNull())

test.each([
  ['192.168.1.20', '192.168.1.20', defaultPort],
  ['１９２。168.1.20：5000', '192.168.1.20', 5000],
  ['hall-01', 'hall-01', defaultPort],
  ['hall.local:47613', 'hall.local', 47_613],
])('%s is one', (text, host, port) => expect(addressTyped(text)).toEqual({ host, port }))
