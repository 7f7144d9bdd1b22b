import { refuse, type Refused } from "./refused";
import { utcMinute } from "../utc-minute";

export const PROPOSAL_STATES = ["proposed", "accepted", "placed", "declined", "expired", "refused"] as const;

/** Why a proposal ends that was judged by other settings than the present ones. */
export const SETTINGS_CHANGED = "the bot's settings were changed";

export type OpenProposal = {
  readonly state: (typeof PROPOSAL_STATES)[number];
  /** Wall time, ms. */
  readonly expiresAt: number;
  readonly settingsVersion: number;
};
type Deciding = {
  readonly status: "running" | "paused" | "stopped" | "archived";
  readonly settingsVersion: number;
  /** When its trader accepted it, wall time, ms: a cycle that had the bot since may have kept it waiting. */
  readonly askedAt: number;
};

/** Why a proposal that waits is over by itself; null: it is not. */
export const whyOver = (
  { expiresAt, settingsVersion }: OpenProposal,
  { now, settingsVersion: present }: { readonly now: number; readonly settingsVersion: number },
): string | null => {
  if (now >= expiresAt) return `nobody accepted it by ${utcMinute(new Date(expiresAt))}`;
  return settingsVersion === present ? null : SETTINGS_CHANGED;
};

/** Whether a proposal may be accepted, as it stands: in time by when that was asked. */
export const decideAcceptance = (
  proposal: OpenProposal,
  deciding: Deciding,
): "accept" | { readonly over: string } | Refused => {
  if (proposal.state !== "proposed") return refuse(`the proposal is ${proposal.state} already`);
  if (deciding.status !== "running") return refuse(`it is ${deciding.status}`);
  const { askedAt: now, settingsVersion } = deciding;
  const over = whyOver(proposal, { now, settingsVersion });
  return over === null ? "accept" : { over };
};
