"use client";

import { formatUtc } from "~/components/format/format-time";
import { Age } from "~/components/ui/age";
import { Badge } from "~/components/ui/badge";
import type { AccountProvider } from "~/contracts/model-account";
import { isUnpriced } from "./is-unpriced";

const AddedAt = ({ provider: { key, isShared, isSimulated } }: { readonly provider: AccountProvider }) => {
  if (key === null) {
    return isSimulated
      ? "Needs no key: a script answers in its place, and nobody is paid."
      : isShared
        ? "By the key of this installation."
        : "Needs no key.";
  }
  return (
    <>
      Added <span className="figure">{formatUtc(key.createdAt)} UTC</span>,{" "}
      {key.usedAt === null ? (
        "never used"
      ) : (
        <>
          last used <Age since={key.usedAt} />
        </>
      )}
    </>
  );
};

type KeyRowProps = {
  readonly provider: AccountProvider;
  readonly onTest: () => void;
  readonly onRemove: () => void;
};

/** A provider that can be asked, and by which key: of that only the last letters. */
export const KeyRow = ({ provider, onTest, onRemove }: KeyRowProps) => {
  const { title, key } = provider;
  const lacks = provider.lacks ?? (isUnpriced(provider) ? "price" : null);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t border-line px-4 py-3">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 font-semibold">
          {title}
          {key !== null && key.hint !== "" && <span className="figure font-normal text-muted">…{key.hint}</span>}
          {lacks !== null && <Badge tone="warn">Cannot be asked: {lacks} missing</Badge>}
        </p>
        <p className="text-sm text-muted">
          <AddedAt provider={provider} />
        </p>
        <p className="text-sm break-all text-muted empty:hidden">{key?.baseUrl}</p>
      </div>
      <div className="flex gap-2">
        {lacks === null && (
          <button type="button" className="button" aria-label={`Test ${title}`} onClick={onTest}>
            Test
          </button>
        )}
        {key !== null && (
          <button type="button" className="button" aria-label={`Remove the key of ${title}`} onClick={onRemove}>
            Remove
          </button>
        )}
      </div>
    </li>
  );
};
