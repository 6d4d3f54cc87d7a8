/** How the customer file shows this room: a tab after 缴费. */
export const tab = { title: '收费项目', order: 52 }
