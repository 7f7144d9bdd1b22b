import { Children, isValidElement, type ReactElement, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import { ErrorState } from "~/components/ui/states";
import PageError from "./(app)/error";
import BareError from "./error";

type Retriable = { readonly children?: ReactNode; readonly onRetry?: () => void };

const findErrorState = (node: ReactNode): ReactElement<Retriable> | undefined => {
  if (!isValidElement<Retriable>(node)) return undefined;
  if (node.type === ErrorState) return node;
  return Children.toArray(node.props.children)
    .map(findErrorState)
    .find((found) => found !== undefined);
};

describe.each([
  ["within the app's frame", PageError],
  ["without the frame", BareError],
])("a crash page %s", (_, CrashPage) => {
  it("reads the page anew from the server when it is tried again, not what failed", () => {
    const retry = vi.fn<() => void>();
    findErrorState(CrashPage({ error: new Error("planted"), retry }))?.props.onRetry?.();
    expect(retry).toHaveBeenCalledOnce();
  });

  it("says by what the cause is found in the log only if it stands there", () => {
    const textOf = (error: Error) => renderToStaticMarkup(CrashPage({ error, retry: () => undefined }));
    expect(textOf(Object.assign(new Error("planted"), { digest: "42" }))).toContain(" Reference 42.");
    expect(textOf(new Error("planted"))).not.toContain("Reference");
  });
});
