import type { Cells, Writer } from "./columns";

/** A reader that takes nothing for so long is given up, so that its place gets free. */
const STALLED_MS = 60_000;

async function* piecesOf(pages: AsyncGenerator<Cells[], void>, { head, row, tail }: Writer): AsyncGenerator<string> {
  yield head;
  let isFirst = true;
  for await (const page of pages) {
    const lines = page.map((cells) => {
      const line = row(cells, isFirst);
      isFirst = false;
      return line;
    });
    yield lines.join("");
  }
  if (tail !== "") yield tail;
}

type Ending = {
  /** Called once, however the stream ends. */
  readonly onEnd: () => void;
  readonly onFailure: (error: unknown) => void;
  readonly stalledMs?: number;
};

/**
 * Pages as the bytes of a file, each read when the reader has taken the one before. A failure breaks the stream off, so
 * that nobody takes its part for the whole; a reader who leaves ends the reading.
 */
export const streamExport = (
  pages: AsyncGenerator<Cells[], void>,
  writer: Writer,
  { onEnd, onFailure, stalledMs = STALLED_MS }: Ending,
): ReadableStream<Uint8Array> => {
  const [pieces, encoder] = [piecesOf(pages, writer), new TextEncoder()];
  let timer: NodeJS.Timeout | undefined;
  const end = (): void => {
    clearTimeout(timer);
    onEnd();
  };
  const giveUp = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
    controller.error(new Error("The reader of this export took nothing for too long."));
    end();
    void pieces.return(undefined);
  };
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      clearTimeout(timer);
      try {
        const { done, value } = await pieces.next();
        if (done === true) {
          end();
          return controller.close();
        }
        controller.enqueue(encoder.encode(value));
        timer = setTimeout(() => giveUp(controller), stalledMs);
        timer.unref();
      } catch (error) {
        end();
        onFailure(error);
        controller.error(error);
      }
    },
    cancel: async () => {
      end();
      await pieces.return(undefined);
    },
  });
};
