import type { BotPreview } from "~/trading/preview/preview-bot";
import type { PreviewRequest, WorkerAnswer } from "./worker-messages";

const PREVIEW_AFTER_MS = 500;
/** A preview that takes longer is ended: it would keep the trader's machine busy, and say nothing. */
export const PREVIEW_ENDS_MS = 60_000;

/** What is used of a browser's worker. */
export type PreviewWorker = Pick<Worker, "terminate" | "postMessage"> & {
  addEventListener(type: "message", hear: (event: { readonly data: WorkerAnswer }) => void): void;
  addEventListener(type: "error", hear: () => void): void;
};

export type PreviewState =
  | { readonly kind: "waiting" }
  | { readonly kind: "running"; readonly done: number }
  | { readonly kind: "done"; readonly preview: BotPreview }
  | { readonly kind: "too-slow" }
  | { readonly kind: "failed" };

const stateOf = (answer: WorkerAnswer): PreviewState | null => {
  if (answer.kind === "progress") return { kind: "running", done: answer.done };
  if (answer.kind === "preview") return { kind: "done", preview: answer.preview };
  return answer.kind === "failed" ? { kind: "failed" } : null;
};

/**
 * Runs a preview in a worker of its own once nothing has been asked for a moment, and tells how it goes. It ends by its
 * deadline, or when the function that is answered is called: then nothing more is told.
 */
export const runPreview = (
  openWorker: () => PreviewWorker,
  request: PreviewRequest,
  tell: (state: PreviewState) => void,
): (() => void) => {
  let opened: PreviewWorker | null = null;
  let deadline: ReturnType<typeof setTimeout> | undefined;
  const end = (): void => {
    clearTimeout(deadline);
    opened?.terminate();
  };
  const begin = (): void => {
    tell({ kind: "running", done: 0 });
    deadline = setTimeout(() => {
      end();
      tell({ kind: "too-slow" });
    }, PREVIEW_ENDS_MS);
    opened = openWorker();
    opened.addEventListener("message", ({ data }) => {
      const next = stateOf(data);
      if (next) tell(next);
      if (next && next.kind !== "running") end();
    });
    opened.addEventListener("error", () => {
      clearTimeout(deadline);
      tell({ kind: "failed" });
    });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's, no window's
    opened.postMessage(request);
  };
  const timer = setTimeout(begin, PREVIEW_AFTER_MS);
  return () => {
    clearTimeout(timer);
    end();
  };
};
