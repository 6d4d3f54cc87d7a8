/** What a network and a headquarters can do to a hall. */
export const faults = [
  /** 500 before anything is kept. */
  'error',
  /** 503 before anything is kept. */
  'unavailable',
  /** Kept, but the answer is a web page. */
  'garbage',
  /** Kept, but the answer says nonsense in the right form. */
  'nonsense',
  /** Not kept; the connection breaks in the middle. */
  'drop-before',
  /** Kept; the connection breaks before the answer: the work is done and the hall does not know. */
  'drop-after',
  /** Kept; half an answer, then the connection breaks. */
  'half-answer',
  /** Kept; the answer comes too late. */
  'slow',
  /** Not kept, and no answer at all. */
  'never',
  /** The request arrives twice. */
  'duplicate',
  /** An older request arrives again after this one. */
  'reorder',
] as const
export type Fault = (typeof faults)[number]
