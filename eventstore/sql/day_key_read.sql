SELECT wrapped FROM day_key WHERE day = $1
