/** How the customer file shows this room. */
export const tab = { title: '抄表账单', order: 40 }
