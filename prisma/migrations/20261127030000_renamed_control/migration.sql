-- The control is named `buy-and-hold`; versions of settings that were stored before name it `hold`, and stay as they are.
CREATE OR REPLACE FUNCTION is_control_cycle(cycle uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM cycles c JOIN bot_settings s ON s.bot_id = c.bot_id AND s.version = c.settings_version
    WHERE c.id = cycle AND s.settings ->> 'mode' IN ('hold', 'buy-and-hold'))
$$;
