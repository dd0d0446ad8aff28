// Which language the page speaks: the person's choice if she made one, else the shop's.
import { en } from './en';
import { fr, type Words } from './fr';
import { recall, remember } from '../memory';

export type Language = 'fr' | 'en';

class Tongue {
  #chosen = $state<Language | null>(known(recall('language')));
  #shops = $state<Language>('fr');
  current = $derived<Language>(this.#chosen ?? this.#shops);
  words = $derived<Words>(this.current === 'en' ? en : fr);

  /** The person's own choice; kept on this device. */
  choose(language: Language): void {
    this.#chosen = language;
    remember('language', language);
  }

  /** What the shop speaks; used until the person chooses. */
  suggest(language: string): void {
    this.#shops = known(language) ?? 'fr';
  }
}

function known(language: string | null): Language | null {
  return language === 'fr' || language === 'en' ? language : null;
}

export const tongue = new Tongue();
