/** How the customer file shows this room. */
export const tab = { title: '表具', order: 30 }
