/** The way to a customer's file, with or without an account yet. */
export const customerPath = (found: { accountId: string | null; customerId: string }): string =>
  found.accountId === null ? `/customers/person/${found.customerId}` : `/customers/${found.accountId}`
