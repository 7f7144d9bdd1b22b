-- What was paid into a paper account, of which its bots are allotted parts. So far each bot brought all that it got.
ALTER TABLE accounts ADD COLUMN capital DECIMAL(38,18);
UPDATE accounts a SET capital = (SELECT sum(b.allotment) FROM bots b WHERE b.account_id = a.id) WHERE a.kind = 'paper';
ALTER TABLE accounts ADD CONSTRAINT accounts_capital_positive CHECK (capital > 0);

ALTER TYPE "ActivityKind" ADD VALUE 'bot-created';
