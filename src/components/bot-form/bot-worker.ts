import { config } from "zod/v4/core";
import type { PreviewRequest, ReadRequest, WorkerAnswer } from "./worker-messages";

// No page of ours may evaluate text, which zod else tries. It is asked before any schema is made, so the core comes after.
config({ jitless: true });
const answering = import("./answer-request");

const post = (answer: WorkerAnswer): void => self.postMessage(answer);

/** Progress is told in percent, not at every slot. */
const tellProgress = () => {
  let told = -1;
  return (done: number): void => {
    const percent = Math.floor(done * 100);
    if (percent === told) return;
    told = percent;
    post({ kind: "progress", done });
  };
};

const answer = async (request: ReadRequest | PreviewRequest): Promise<WorkerAnswer> => {
  const { answerRead, answerPreview } = await answering;
  return request.kind === "read"
    ? { kind: "reading", id: request.id, reading: answerRead(request) }
    : { kind: "preview", preview: answerPreview(request, tellProgress()) };
};

self.addEventListener("message", ({ data }: MessageEvent<ReadRequest | PreviewRequest>) => {
  answer(data).then(post, () => post({ kind: "failed" }));
});
