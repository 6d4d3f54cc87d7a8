/** How the customer file shows this room: a tab after 安检. */
export const tab = { title: '工单', order: 70 }
