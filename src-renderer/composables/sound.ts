/** The sounds of the program, made by the window itself so that nothing has to be loaded. */

/** Hertz and seconds. */
interface Tone {
  readonly pitch: number
  readonly from: number
  readonly length: number
}
const siren: readonly Tone[] = [
  { pitch: 880, from: 0, length: 0.25 },
  { pitch: 660, from: 0.3, length: 0.25 },
]
const sirenLoudness = 0.25
const bell: readonly Tone[] = [{ pitch: 523, from: 0, length: 0.18 }]
const bellLoudness = 0.08

let sound: AudioContext | null = null

async function play(tones: readonly Tone[], loudness: number): Promise<void> {
  try {
    sound ??= new AudioContext()
    if (sound.state === 'suspended') await sound.resume()
    for (const { pitch, from, length } of tones) {
      const tone = sound.createOscillator()
      const volume = sound.createGain()
      volume.gain.value = loudness
      tone.frequency.value = pitch
      tone.connect(volume).connect(sound.destination)
      tone.start(sound.currentTime + from)
      tone.stop(sound.currentTime + from + length)
    }
  } catch {
    sound = null
  }
}

/** The alarm of an emergency, once. A PC without loudspeaker stays silent; the banner is there all the same. */
export const beep = (): Promise<void> => play(siren, sirenLoudness)

/** One low, quiet tone: something wants attention, and nobody is in danger. */
export const chime = (): Promise<void> => play(bell, bellLoudness)
