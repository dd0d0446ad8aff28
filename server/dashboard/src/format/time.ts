// Times of day in the shop's zone, and lengths of time. No function here reads a clock.

/** `14:32:07` (or `14:32`) of an RFC 3339 instant, in an IANA zone. */
export function timeOfDay(at: string, zone: string, seconds: boolean): string {
  const options: Intl.DateTimeFormatOptions = {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(seconds ? { second: '2-digit' } : {}),
  };
  return formatter(zone, options).format(new Date(at));
}

/** `24 nov. 14:32` (`24 Nov 14:32`) of an RFC 3339 instant, in an IANA zone. */
export function dayAndTime(at: string, zone: string, language: string): string {
  const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };
  const locale = language === 'en' ? 'en-GB' : 'fr';
  const date = formatter(zone, day, locale).format(new Date(at));
  return `${date}\u00a0${timeOfDay(at, zone, false)}`;
}

/** `samedi 21/11` (`Saturday 21/11`) of an instant in ms, in an IANA zone. */
export function weekday(now: number, zone: string, language: string): string {
  const locale = language === 'en' ? 'en-GB' : 'fr';
  const options: Intl.DateTimeFormatOptions = { weekday: 'long', day: '2-digit', month: '2-digit' };
  return formatter(zone, options, locale).format(new Date(now)).replace(',', '');
}

/** Milliseconds left → `9:47`, `1:02:03`; never below `0:00`. */
export function timer(ms: number): string {
  const total = Math.max(0, Math.ceil(ms / 1000));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor(total / 60) % 60;
  const seconds = String(total % 60).padStart(2, '0');
  if (hours === 0) return `${minutes}:${seconds}`;
  return `${hours}:${String(minutes).padStart(2, '0')}:${seconds}`;
}

/** Milliseconds elapsed → `47 min`, `1 h 23`. */
export function duration(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 60) return `${minutes}\u00a0min`;
  return `${Math.floor(minutes / 60)}\u00a0h\u00a0${String(minutes % 60).padStart(2, '0')}`;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Building a formatter costs far more than using it, and a stream has hundreds of times. */
function formatter(
  zone: string,
  options: Intl.DateTimeFormatOptions,
  locale = 'fr',
): Intl.DateTimeFormat {
  const key = `${zone}|${locale}|${options.second ?? ''}|${options.weekday ?? ''}|${options.day ?? ''}`;
  let made = formatters.get(key);
  if (made === undefined) {
    try {
      made = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
    } catch {
      // A browser too old for this zone still shows a time: the phone's own.
      made = new Intl.DateTimeFormat(locale, options);
    }
    formatters.set(key, made);
  }
  return made;
}
