/** Every room's calls, typed: `await api.customers.search({ text: 'zw' })`. A new room adds one line. */
import * as accessApi from '../src-main/access/api.ts'
import * as tariffsApi from '../src-main/tariffs/api.ts'
import { client } from './bridge.ts'

export const api = {
  access: client(accessApi),
  tariffs: client(tariffsApi),
}

export const desktop = () => window.hall.desktop
