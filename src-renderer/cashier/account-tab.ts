/** How the customer file shows this room. */
export const tab = { title: '缴费', order: 50 }
