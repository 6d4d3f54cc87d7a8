/** How the customer file shows this room: a tab between 安检 and 工单. */
export const tab = { title: '供气', order: 65 }
