/** What is wrong with the second of a secret typed twice; null when it is the first once more. Who has not come to it yet has not typed another. */
export const secondProblem = (first: string, second: string, secret: '密码' | '口令'): string | null => {
  if (first === second) return null
  return second === '' ? `请再输入一次${secret}` : `两次输入的${secret}不同`
}
