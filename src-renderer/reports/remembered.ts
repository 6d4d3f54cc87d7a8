/** Which table of a report was looked at last, as long as the program runs: the way back leads to it. */
const sections = new Map<string, string>()
export const rememberedSection = (report: string): string => sections.get(report) ?? ''
export const rememberSection = (report: string, section: string): void => void sections.set(report, section)
