// Two short notes and a buzz for each payment. Made by the browser: no sound file to load.

/** How a payment is told. Vibration alone is for her who is on air: viewers do not hear it. */
export type Signal = 'off' | 'buzz' | 'sound';
/** What this device can do, in the order of the switch. */
export const signals: Signal[] =
  typeof navigator !== 'undefined' && 'vibrate' in navigator
    ? ['off', 'buzz', 'sound']
    : ['off', 'sound'];

let audio: AudioContext | null = null;

/** Must be called from a tap: browsers keep sound locked until then. */
export function unlock(): void {
  audio ??= new AudioContext();
  void audio.resume();
}

export function chime(how: Signal): void {
  if (how === 'off') return;
  // A browser that was not touched yet may refuse, and says so by returning false.
  navigator.vibrate?.(80);
  if (how === 'buzz') return;
  if (audio === null || audio.state !== 'running') return;
  note(audio, 660, 0);
  note(audio, 880, 0.12);
}

function note(on: AudioContext, pitch: number, after: number): void {
  const at = on.currentTime + after;
  const tone = on.createOscillator();
  const volume = on.createGain();
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0.12, at);
  volume.gain.exponentialRampToValueAtTime(0.001, at + 0.25);
  tone.connect(volume).connect(on.destination);
  tone.start(at);
  tone.stop(at + 0.26);
}
