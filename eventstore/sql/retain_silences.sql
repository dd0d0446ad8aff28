-- Nothing is held for as long as this.
DELETE FROM silence WHERE until_at < clock_timestamp() - interval '35 days'
