-- Written with her message. The window only ever moves on: messages arrive out of order.
INSERT INTO contact (id, number_id, sealed, last_in_at, last_shop, lang)
VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (id) DO UPDATE
   SET sealed = CASE WHEN excluded.last_in_at >= contact.last_in_at
                     THEN excluded.sealed ELSE contact.sealed END,
       last_in_at = greatest(contact.last_in_at, excluded.last_in_at),
       last_shop = coalesce(excluded.last_shop, contact.last_shop),
       lang = coalesce(excluded.lang, contact.lang)
