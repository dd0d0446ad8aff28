// Two short notes and a buzz for each payment. Made by the browser: no sound file to load.

let audio: AudioContext | null = null;

/** Must be called from a tap: browsers keep sound locked until then. */
export function unlock(): void {
  audio ??= new AudioContext();
  void audio.resume();
}

export function chime(): void {
  navigator.vibrate?.(80);
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
