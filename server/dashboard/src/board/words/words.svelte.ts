// The board's own words in the language that the page speaks.
import { tongue } from '../../words/language.svelte';
import { en } from './en';
import { fr, type BoardWords } from './fr';

class Say {
  words = $derived<BoardWords>(tongue.current === 'en' ? en : fr);
}

export const say = new Say();
