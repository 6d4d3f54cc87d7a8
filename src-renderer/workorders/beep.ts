/** The sound of an emergency: two tones, made by the window itself so that nothing has to be loaded. */

/** Hertz and seconds. */
const tones = [
  { pitch: 880, from: 0, length: 0.25 },
  { pitch: 660, from: 0.3, length: 0.25 },
] as const
const loudness = 0.25

let sound: AudioContext | null = null

/** Plays the alarm once. A PC without loudspeaker stays silent; the banner is there all the same. */
export async function beep(): Promise<void> {
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
