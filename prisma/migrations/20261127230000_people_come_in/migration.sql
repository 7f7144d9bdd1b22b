-- When a user showed that mail to the address arrives. Who is here already was let in by whoever runs the product.
ALTER TABLE users ADD COLUMN email_verified_at TIMESTAMPTZ(3);
UPDATE users SET email_verified_at = created_at;

-- What a mailed link carries, as its hash: it proves the mailbox, once.
CREATE TYPE "TokenPurpose" AS ENUM ('verify-email', 'reset-password');
CREATE TABLE one_time_tokens (
  token_hash TEXT NOT NULL,
  user_id UUID NOT NULL,
  purpose "TokenPurpose" NOT NULL,
  created_at TIMESTAMPTZ(3) NOT NULL,
  expires_at TIMESTAMPTZ(3) NOT NULL,
  used_at TIMESTAMPTZ(3),
  CONSTRAINT one_time_tokens_pkey PRIMARY KEY (token_hash),
  CONSTRAINT one_time_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT one_time_tokens_token_is_a_hash CHECK (token_hash ~ '^[0-9a-f]{64}$'),
  CONSTRAINT one_time_tokens_times CHECK (expires_at > created_at AND used_at >= created_at)
);
CREATE INDEX one_time_tokens_user_id_purpose_idx ON one_time_tokens (user_id, purpose);
CREATE INDEX one_time_tokens_expires_at_idx ON one_time_tokens (expires_at);

-- A code that lets one person register. It is used up also where the address had an account: whoever tries learns nothing.
CREATE TABLE invites (
  code_hash TEXT NOT NULL,
  created_at TIMESTAMPTZ(3) NOT NULL,
  expires_at TIMESTAMPTZ(3) NOT NULL,
  used_at TIMESTAMPTZ(3),
  used_by_id UUID,
  CONSTRAINT invites_pkey PRIMARY KEY (code_hash),
  CONSTRAINT invites_used_by_id_fkey FOREIGN KEY (used_by_id) REFERENCES users(id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT invites_code_is_a_hash CHECK (code_hash ~ '^[0-9a-f]{64}$'),
  CONSTRAINT invites_times CHECK (expires_at > created_at AND used_at >= created_at),
  CONSTRAINT invites_used_by CHECK (used_by_id IS NULL OR used_at IS NOT NULL)
);
