"""Goals with their steps (« objectifs, étapes »), and the autonomy grid at its dates."""
