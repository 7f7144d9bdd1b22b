import type { SettingChange } from "~/trading/changed-lines";
import { diffWords } from "./diff-words";

const Side = ({ text, none }: { readonly text: string | null; readonly none: string }) =>
  text === null ? <span className="text-muted">{none}</span> : <>{text}</>;

/** Longer texts are shown as one, with what was removed and added marked in it. */
const SHORT_MAX = 120;

type Both = { readonly before: string; readonly after: string };

const MARKS = { removed: "text-loss", added: "font-semibold text-gain underline" } as const;

/** A text of some lines as it became another: struck out is what it lost, underlined what it got. */
const TextDifference = ({ before, after }: Both) => (
  <div
    role="region"
    aria-label="Difference of the text"
    // What scrolls must take the focus, or no key reaches what is out of sight.
    tabIndex={0}
    className="mt-1 max-h-72 overflow-y-auto rounded-sm border border-line bg-raised p-2 [overflow-wrap:anywhere] whitespace-pre-wrap"
  >
    {diffWords(before, after).map(({ kind, text }, index) => {
      if (kind === "same") return text;
      const Mark = kind === "removed" ? "del" : "ins";
      return (
        // Stretches have no name but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <Mark key={index} className={MARKS[kind]}>
          {text}
        </Mark>
      );
    })}
  </div>
);

const ShortDifference = ({ before, after }: Pick<SettingChange, "before" | "after">) => (
  <>
    <del className="text-muted">
      <Side text={before} none="Not set" />
    </del>{" "}
    <span aria-hidden="true">→</span>{" "}
    <ins className="no-underline">
      <Side text={after} none="Not set" />
    </ins>
  </>
);

const isLong = (text: string): boolean => text.length > SHORT_MAX || text.includes("\n");

const Difference = ({ before, after }: Pick<SettingChange, "before" | "after">) =>
  before !== null && after !== null && (isLong(before) || isLong(after)) ? (
    <TextDifference before={before} after={after} />
  ) : (
    <ShortDifference before={before} after={after} />
  );

/** What differs between two versions of settings: as it was, and as it is then. */
export const ChangeList = ({ changes }: { readonly changes: readonly SettingChange[] }) => (
  <dl className="text-sm">
    {changes.map(({ section, label, before, after }) => (
      <div key={`${section} ${label} ${before} ${after}`} className="border-t border-line py-1.5 first:border-t-0">
        <dt className="text-muted">{section === label ? label : `${section}: ${label}`}</dt>
        <dd>
          <Difference before={before} after={after} />
        </dd>
      </div>
    ))}
  </dl>
);
