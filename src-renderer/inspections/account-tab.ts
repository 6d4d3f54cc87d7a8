/** How the customer file shows this room: a tab before 工单. */
export const tab = { title: '安检', order: 60 }
