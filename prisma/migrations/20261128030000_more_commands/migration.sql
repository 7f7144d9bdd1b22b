-- A new value of an enum cannot be used in the transaction that adds it, so the values come before what uses them.
ALTER TYPE "CommandKind" ADD VALUE 'run-now';
ALTER TYPE "CommandKind" ADD VALUE 'lock-pair';
ALTER TYPE "CommandKind" ADD VALUE 'unlock-pair';
ALTER TYPE "CommandKind" ADD VALUE 'accept-proposal';
ALTER TYPE "CommandKind" ADD VALUE 'decline-proposal';
ALTER TYPE "ActivityKind" ADD VALUE 'proposal';
