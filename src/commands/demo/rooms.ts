/** Where the demo finds the services of the house: the running application, or the house of a test. */
export interface Rooms {
  get<T>(type: abstract new (...args: never[]) => T): T;
}
