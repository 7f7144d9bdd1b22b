import fc from "fast-check";
import { expect, it } from "vitest";
import { cutIntoRequests, sendEvents } from "./send-events";

const sizeOf = (events: readonly unknown[]): number =>
  events.reduce<number>((sum, event) => sum + Buffer.byteLength(JSON.stringify(event)), 0);

it("every request is one that a server takes, and all events are in them, once and in their order", () => {
  const event = fc.record({ name: fc.string({ maxLength: 40 }) });
  const limits = { eventsMax: fc.integer({ min: 1, max: 9 }), bytesMax: fc.integer({ min: 1, max: 200 }) };
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), fc.record(limits), (events, max) => {
      const requests = cutIntoRequests(events, max);
      expect(requests.flat()).toEqual(events);
      for (const request of requests) {
        expect(request.length).toBeGreaterThan(0);
        expect(request.length).toBeLessThanOrEqual(max.eventsMax);
        // An event that is too long by itself gets a request of its own.
        expect(request.length === 1 || sizeOf(request) <= max.bytesMax).toBe(true);
      }
    }),
  );
});

it("more than 5,000 events are sent in several requests, each a step with a name of its own", async () => {
  const events = Array.from({ length: 12_001 }, (_, index) => ({
    name: "bot/cycle.due",
    data: { index, text: "é".repeat(200) },
  }));
  const sent: [string, number][] = [];
  await sendEvents((name, request) => Promise.resolve(sent.push([name, request.length])), "announce", events);
  expect(sent.reduce((sum, [, count]) => sum + count, 0)).toBe(12_001);
  expect(Math.max(...sent.map(([, count]) => count))).toBeLessThanOrEqual(5000);
  expect(new Set(sent.map(([name]) => name)).size).toBe(sent.length);
  expect(sent[0]?.[0]).toBe("announce");
});
