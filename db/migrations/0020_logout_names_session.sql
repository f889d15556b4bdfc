-- Who is told of it looks at that session alone, not at all that are open.
CREATE OR REPLACE FUNCTION session_has_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (SELECT 1 FROM relying_party_session WHERE session_id = NEW.id AND ended_at IS NULL) THEN
		PERFORM pg_notify('kunci_logouts', NEW.id::text);
	END IF;
	RETURN NULL;
END $$;
