/** Records of a text table, piece by piece: quotes, doubled quotes, line breaks inside quotes, any kind of line end. Pure. */

/** Records and fields one record may have; beyond them a file is no table, or a quote was never closed. */
export const maxRecordLength = 2_000_000

export class CsvProblem extends Error {}

export class CsvReader {
  readonly #separator: string
  #field = ''
  #record: string[] = []
  #state: 'plain' | 'quoted' | 'quote-seen' = 'plain'
  #afterReturn = false
  #number = 0
  #began = 1
  #length = 0

  constructor(separator: string) {
    this.#separator = separator
  }

  /** Takes the next piece of the text and returns the records it completes. @throws CsvProblem */
  take(text: string): string[][] {
    const done: string[][] = []
    for (const character of text) {
      if (this.#state === 'quoted') {
        if (character === '"') this.#state = 'quote-seen'
        else this.#add(character)
        continue
      }
      if (this.#state === 'quote-seen') {
        this.#state = 'plain'
        if (character === '"') {
          this.#add('"')
          this.#state = 'quoted'
          continue
        }
      }
      const afterReturn = this.#afterReturn
      this.#afterReturn = character === '\r'
      if (character === '\n' && afterReturn) continue
      if (character === '\n' || character === '\r') done.push(this.#endRecord())
      else if (character === this.#separator) this.#endField()
      else if (character === '"' && this.#field.trim() === '') {
        this.#field = ''
        this.#state = 'quoted'
        this.#began = this.#number + 1
      } else this.#add(character)
    }
    return done
  }

  /** What is left when the text ends. @throws CsvProblem for a quote that was never closed */
  end(): string[][] {
    if (this.#state === 'quoted') throw new CsvProblem(`第 ${this.#began} 行有引号没有结束，请检查这一行的引号`)
    return this.#field === '' && this.#record.length === 0 ? [] : [this.#endRecord()]
  }

  #add(character: string): void {
    this.#field += character
    this.#length += 1
    if (this.#length > maxRecordLength) {
      throw new CsvProblem(`第 ${this.#number + 1} 行过长，可能有引号没有结束，请检查这一行`)
    }
  }

  #endField(): void {
    this.#record.push(this.#field)
    this.#field = ''
  }

  #endRecord(): string[] {
    this.#endField()
    const record = this.#record
    this.#record = []
    this.#number += 1
    this.#length = 0
    return record
  }
}

/** What parts the columns: the mark that the first line holds most of outside quotes. */
export function separatorOf(firstLine: string): string {
  const bare = firstLine.replace(/"[^"]*"/g, '')
  const counts = [',', '\t', ';', '|'].map((mark) => ({ mark, count: bare.split(mark).length - 1 }))
  return counts.toSorted((a, b) => b.count - a.count)[0]?.mark ?? ','
}
