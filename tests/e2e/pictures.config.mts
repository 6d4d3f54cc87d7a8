import windows from './vitest.config.mts'

/** `npm run manual:pictures`: not a test of the program, so that it stands beside the suite. */
export default { ...windows, test: { ...windows.test, include: ['tests/e2e/manual-pictures.ts'] } }
