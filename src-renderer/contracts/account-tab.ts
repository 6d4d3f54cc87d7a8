/** How the customer file shows this room: a tab after 资料. */
export const tab = { title: '合同', order: 20 }
