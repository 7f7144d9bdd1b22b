import { formatAmount } from "~/components/format/format-amount";
import { formatDollars } from "~/components/format/format-dollars";
import { formatDuration, formatUtc } from "~/components/format/format-time";
import { ForeignWords } from "~/components/foreign/foreign-text";
import { VenueTime } from "~/components/ui/venue-time";
import type { ModelCallView } from "~/contracts/model-view";
import { Fact, Facts } from "../facts";

type CallProps = { readonly call: ModelCallView };
/** `isHistory`: lived before the market opened, by a clock that was set to its time. */
type CallFactsProps = CallProps & { readonly isHistory: boolean };

const NAME_MAX = 100;

const Count = ({ value }: { readonly value: number }) => (
  <span className="figure">{formatAmount(String(value), { digits: 0 })}</span>
);

const Tokens = ({ tokens }: Pick<ModelCallView, "tokens">) =>
  tokens === null ? (
    "unknown"
  ) : (
    <>
      <Count value={tokens.input} /> in, <Count value={tokens.cacheRead} /> from the cache,{" "}
      <Count value={tokens.cacheWrite} /> into the cache, <Count value={tokens.output} /> out
    </>
  );

const Cost = ({ call: { cost, reserve, state, pricedSince, isSimulated } }: CallProps) => (
  <>
    <span className="figure font-semibold" title={cost ?? "not settled"}>
      {cost === null ? "not settled yet" : formatDollars(cost)}
    </span>
    {state === "lost" && ", its whole reserve"}
    <span className="text-muted">
      , of <span title={reserve}>{formatDollars(reserve)}</span> reserved
      {pricedSince !== null && `, at the price of ${formatUtc(pricedSince).slice(0, 10)}`}
      {isSimulated && ". A simulated price: nobody is paid"}
    </span>
  </>
);

const tried = (tries: number | null): string =>
  tries === null ? "unknown" : tries === 1 ? "once" : tries === 0 ? "not sent" : `${tries} times`;

const Served = ({ call: { model, servedModel } }: CallProps) =>
  servedModel === null || servedModel === model ? null : (
    <span className="text-muted">
      , served as <ForeignWords text={servedModel} most={NAME_MAX} />
    </span>
  );

/** By whom, when, how long, and for how much a question was answered. */
export const CallFacts = ({ call, isHistory }: CallFactsProps) => (
  <Facts>
    <Fact name="Model">
      <span className="break-words">{call.model}</span> of {call.providerTitle}
      <Served call={call} />
    </Fact>
    <Fact name="Prompt frame">version {call.frameVersion}</Fact>
    <Fact name="Asked (UTC)">
      <VenueTime at={call.askedAt} withSeconds />{" "}
      <span className="text-muted">{isHistory ? "in its history" : "real time"}</span>
    </Fact>
    <Fact name="Answered after">
      <span className="figure">{call.latencyMs === null ? "—" : formatDuration(call.latencyMs)}</span>, sent{" "}
      {tried(call.tries)}
    </Fact>
    {call.stopReason !== null && (
      <Fact name="Stop reason">
        <ForeignWords text={call.stopReason} most={NAME_MAX} />
      </Fact>
    )}
    <Fact name="Tokens">
      <Tokens tokens={call.tokens} />
    </Fact>
    <Fact name="Cost">
      <Cost call={call} />
    </Fact>
    {call.requestId !== null && (
      <Fact name="Request">
        <span className="font-mono text-xs break-all">
          <ForeignWords text={call.requestId} most={NAME_MAX} />
        </span>
      </Fact>
    )}
  </Facts>
);
