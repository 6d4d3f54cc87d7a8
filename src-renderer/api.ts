/** Every room's calls, typed: `await api.customers.search({ text: 'zw' })`. A new room adds one line. */

export const api = {}

export const desktop = () => window.hall.desktop
