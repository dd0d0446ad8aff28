// The wire of the sandbox's control API (`/api/…`), word for word.

export interface NumberSpec {
  phone_number_id: string;
  display: string;
  shop_name: string;
}

export interface ReplyButton {
  id: string;
  title: string;
}

export interface ListRow {
  id: string;
  title: string;
  description?: string | null;
}

export type Tick = 'sent' | 'delivered' | 'read' | 'failed';

/** One bubble. `n` grows by one per phone. */
export interface Msg {
  n: number;
  from: 'buyer' | 'shop';
  /** The business number's `phone_number_id`. */
  number: string;
  kind: string;
  text: string;
  header?: string | null;
  footer?: string | null;
  buttons?: ReplyButton[];
  rows?: ListRow[];
  list_button?: string | null;
  url?: { text: string; url: string } | null;
  context?: string | null;
  status: Tick | null;
  wamid: string;
  /** Unix seconds. */
  at: number;
}

export interface PhoneSpec {
  id: string;
  name: string;
  user_id: string;
  phone: string | null;
  hidden_phone: boolean;
  messages: Msg[];
}

export interface WorldAnswer {
  numbers: NumberSpec[];
  phones: PhoneSpec[];
  /** Where the vendor's page is, if the sandbox knows. */
  board_url?: string | null;
}

export type WorldEvent =
  | { type: 'message'; phone: string; message: Msg }
  | { type: 'status'; phone: string; wamid: string; status: Tick }
  | { type: 'phone'; phone: PhoneSpec };

/** What a buyer does on her phone. */
export type Act =
  | { text: string }
  | { button: { id: string; title: string; context: string } }
  | { row: { id: string; title: string; context: string } }
  | { kind: 'image' | 'audio' | 'location' | 'sticker' };
