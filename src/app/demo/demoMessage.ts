import type { JsonObject } from '../../kernel/json';
import type { Department } from '../../kernel/vocabulary';

/** A message of the Segment protocol, and the department whose tool sends it. */
export interface DemoMessage {
  readonly department: Department;
  readonly atMs: number;
  readonly message: JsonObject;
}
