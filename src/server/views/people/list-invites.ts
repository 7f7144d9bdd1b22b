import type { InviteRow } from "~/contracts/people";
import { openInvites } from "../../auth/revoke-invite";
import type { Ports } from "../../ports";

/** Of each: whoever needs more open ones should take some back. */
const OPEN_MAX = 100;
const ENDED_MAX = 20;

const FIELDS = {
  codeHash: true,
  createdAt: true,
  expiresAt: true,
  usedAt: true,
  revokedAt: true,
  usedBy: { select: { email: true } },
} as const;

type Ended = { readonly usedAt: Date | null; readonly revokedAt: Date | null };

const endOf = ({ usedAt, revokedAt }: Ended): InviteRow["state"] => {
  if (usedAt !== null) return "used";
  return revokedAt === null ? "expired" : "revoked";
};

/** The invitations that are open, and the last ones that were, the newest first. */
export const listInvites = async ({ db, wallNow }: Pick<Ports, "db" | "wallNow">): Promise<InviteRow[]> => {
  const isOpen = openInvites(new Date(wallNow()));
  const orderBy = { createdAt: "desc" } as const;
  const [open, ended] = await Promise.all([
    db.invite.findMany({ where: isOpen, orderBy, take: OPEN_MAX, select: FIELDS }),
    db.invite.findMany({ where: { NOT: isOpen }, orderBy, take: ENDED_MAX, select: FIELDS }),
  ]);
  const toRow = (state: InviteRow["state"] | null) => (invite: (typeof open)[number]) => ({
    id: invite.codeHash,
    createdAt: invite.createdAt,
    expiresAt: invite.expiresAt,
    state: state ?? endOf(invite),
    usedBy: invite.usedBy?.email ?? null,
  });
  return [...open.map(toRow("open")), ...ended.map(toRow(null))];
};
