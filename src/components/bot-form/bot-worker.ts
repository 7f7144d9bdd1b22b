import { config } from "zod/v4/core";
import type { PreviewRequest, PromptRequest, ReadRequest, WorkerAnswer } from "./worker-messages";

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

type Asked = ReadRequest | PreviewRequest | PromptRequest;

const answer = async (request: Asked): Promise<WorkerAnswer> => {
  const { answerRead, answerPreview, answerPrompt } = await answering;
  switch (request.kind) {
    case "read":
      return { kind: "reading", id: request.id, reading: answerRead(request, Date.now()) };
    case "preview":
      return { kind: "preview", preview: answerPreview(request, tellProgress(), Date.now()) };
    case "prompt":
      return { kind: "prompt", prompt: answerPrompt(request, Date.now()) };
  }
};

self.addEventListener("message", ({ data }: MessageEvent<Asked>) => {
  answer(data).then(post, () => post({ kind: "failed" }));
});
