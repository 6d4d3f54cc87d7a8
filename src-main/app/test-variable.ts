import { app } from 'electron'
import type { TestVariable } from './surroundings.ts'

/** What a test or a tool of the checkout says; nothing of it is heeded in a package. */
export const testVariable = (name: TestVariable): string | undefined =>
  app.isPackaged ? undefined : process.env[name] || undefined
