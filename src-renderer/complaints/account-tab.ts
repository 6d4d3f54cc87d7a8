/** How the customer file shows this room: a tab after 工单. */
export const tab = { title: '投诉', order: 72 }
