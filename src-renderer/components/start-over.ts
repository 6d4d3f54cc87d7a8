import { askFinal } from './final-question.ts'

/** What was typed and not sent goes for good: nobody does that by one key. @param form its title @returns whether it is meant */
export const isSureToStartOver = (form: string): Promise<boolean> =>
  askFinal({ act: '清空重填', warning: '没填完的内容将不能找回。', facts: [['表单', form]] })
