"""What benches/compare is made of: a corpus, a stop-watch, the peers, the sections, and tables."""
