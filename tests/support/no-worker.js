/** Stands for the address of a worker where there are none. */
export default 'worker.js'
