/** As a browser takes a while to say that it cannot start. */
const refuse = () =>
  new Promise((_, reject) => {
    setTimeout(() => reject(new Error('there is no browser in these tests')), 300);
  });

module.exports = { launch: refuse, connect: refuse };
