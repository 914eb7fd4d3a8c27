const refuse = async () => {
  throw new Error('there is no browser in these tests');
};

module.exports = { launch: refuse, connect: refuse };
